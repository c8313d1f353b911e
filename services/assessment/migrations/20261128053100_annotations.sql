-- Comments on places in an answer: on words of a text, or on a point or rectangle of a picture (decision 0055). They are
-- part of the mark that they were made with.
alter table answers_to_mark add column annotations jsonb not null default '[]';
alter table given_marks add column annotations jsonb not null default '[]';
