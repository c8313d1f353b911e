-- Which questions of an attempt its learner has flagged to come back to, by the id of the question.
alter table submissions add column flags jsonb not null default '{}';
