-- What became of a subscription's charge after it was paid is followed as it is for an order's payment.
alter table subscription_charges
  add column refunded_minor bigint not null default 0 check (refunded_minor >= 0),
  add column disputed_minor bigint not null default 0 check (disputed_minor >= 0);
create index subscription_charges_of_intent on subscription_charges (stripe_payment_intent_id)
  where stripe_payment_intent_id is not null;

alter table refunds alter column payment_id drop not null;
alter table refunds add column charge_id uuid references subscription_charges;
alter table refunds add constraint refunds_of_one check (num_nonnulls(payment_id, charge_id) = 1);
create index refunds_of_charge on refunds (charge_id) where charge_id is not null;

alter table disputes alter column payment_id drop not null;
alter table disputes add column charge_id uuid references subscription_charges;
alter table disputes add constraint disputes_of_one check (num_nonnulls(payment_id, charge_id) = 1);
create index disputes_of_charge on disputes (charge_id) where charge_id is not null;

alter table differences add column subscription_id uuid;

-- What of a bill the processor does not take, since it is too little or no multiple of its step, is paid with the next.
alter table subscription_bills
  add column carried_minor bigint not null default 0 check (carried_minor >= 0),
  add column carried_into uuid references subscription_bills;
create index subscription_bills_carried on subscription_bills (subscription_id) where carried_minor > 0 and carried_into is null;
create index subscription_bills_carried_into on subscription_bills (carried_into) where carried_into is not null;
create index subscription_bills_paid on subscription_bills (organization_id, paid_at) where paid_at is not null;
