-- The words of calls; lib/calls folds them, so that both databases find the same.
CREATE TABLE "call_search" (
	"call" bigint PRIMARY KEY REFERENCES "call_history"("id") ON DELETE CASCADE,
	"user_id" bigint,
	"words" tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX "call_search_words" ON "call_search" USING gin ("words");
