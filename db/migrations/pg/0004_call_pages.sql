DROP INDEX "call_history_unread";--> statement-breakpoint
CREATE INDEX "call_history_archived" ON "call_history" USING btree ("user_id","timestamp" desc,"id" desc) WHERE archived_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "call_history_unread" ON "call_history" USING btree ("user_id","timestamp" desc,"id" desc) WHERE read_at IS NULL AND archived_at IS NULL;