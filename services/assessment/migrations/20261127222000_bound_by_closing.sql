-- Whether an attempt ends when its quiz closes: a learner's does, the trial of who teaches the course does not. Null is
-- written by a process from before there were closings alone; the end of such an attempt is its time limit.
alter table submissions add column bound_by_closing boolean;
update submissions set bound_by_closing = true where state = 'in_progress';
