//! The rules of payment, through its public interface: given events, when a command, then events or a rejection.

#[cfg(test)]
mod authentication;
mod capture;
#[cfg(test)]
mod ending;
#[cfg(test)]
mod given;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod receipt;
#[cfg(test)]
mod refund;
#[cfg(test)]
mod request;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod stray;
