-- Values of a question that are drawn for each attempt, with the way they are drawn (contracts/assessment/parameters.ts).
-- What was drawn is not stored: it follows from this version of the question and the attempt.
alter table questions add column parameters jsonb;
alter table question_versions add column parameters jsonb;
