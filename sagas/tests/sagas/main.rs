//! The sagas, each told what happened and asked what it wants done. Pure: no log, no database, no clock.
//!
//! Each module says `cfg(test)`, so that clippy knows its helpers for tests too: these may panic.

#[cfg(test)]
mod given;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod golden_held;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod market;
#[cfg(test)]
mod money;

#[cfg(test)]
mod accrual;
#[cfg(test)]
mod claim_cancel;
#[cfg(test)]
mod claim_return;
#[cfg(test)]
mod confirmation;
#[cfg(test)]
mod earning;
#[cfg(test)]
mod fulfilment;
#[cfg(test)]
mod gift;
#[cfg(test)]
mod payment_expiry;
#[cfg(test)]
mod point_expiry;
#[cfg(test)]
mod redemption;
#[cfg(test)]
mod refund;
#[cfg(test)]
mod statement;
