-- Hints of a question, from the vaguest on, each with what it costs in percent of the question's points.
alter table questions add column hints jsonb not null default '[]';
alter table question_versions add column hints jsonb not null default '[]';

-- By question of an attempt, what each hint that its learner has taken costs, in percent, in the order of the hints. It
-- is what the learner agreed to, and marking an answer again needs no more than this.
alter table submissions add column hints_taken jsonb not null default '{}';
