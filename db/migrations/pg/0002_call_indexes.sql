ALTER TABLE "call_history" ADD COLUMN "is_indexed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "call_history_person" ON "call_history" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "call_history_unread" ON "call_history" USING btree ("user_id") WHERE read_at IS NULL AND archived_at IS NULL;--> statement-breakpoint
CREATE INDEX "call_history_unindexed" ON "call_history" USING btree ("id") WHERE is_indexed = 0;