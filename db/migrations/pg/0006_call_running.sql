DROP INDEX "call_history_open";--> statement-breakpoint
CREATE INDEX "call_history_running" ON "call_history" USING btree ("user_id","timestamp" desc,"id" desc) WHERE status = 'in_progress';