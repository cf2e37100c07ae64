-- The sentence of a hold and of an exception by its code and what stands in it (Kernel/Saying, as JSON), so that screens can say it in
-- other languages. Null: a person's own words, and what was written before.
alter table holds add column says text;
alter table exceptions add column says text;
