-- The words of calls. Contentless: what is found is a row id of call_history; `owner` holds `u<user_id>`, so that one person's search never walks another's calls.
CREATE VIRTUAL TABLE `call_search` USING fts5(`owner`, `words`, `numbers`, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 2');
--> statement-breakpoint
CREATE TRIGGER `call_search_forget` AFTER DELETE ON `call_history` BEGIN DELETE FROM `call_search` WHERE rowid = old.id; END;
