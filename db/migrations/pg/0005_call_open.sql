DROP INDEX "call_history_status";--> statement-breakpoint
DROP INDEX "call_history_person";--> statement-breakpoint
CREATE INDEX "call_history_open" ON "call_history" USING btree ("id") WHERE status = 'in_progress';--> statement-breakpoint
CREATE INDEX "call_history_person" ON "call_history" USING btree ("person_id") WHERE person_id IS NOT NULL;