-- Changes of one learner wait for one another; each is told at the time it was made, not when its transaction began.
alter table gradebook_history alter column changed_at set default clock_timestamp();
