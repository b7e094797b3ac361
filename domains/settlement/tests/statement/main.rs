//! The statement, the ledger and the exports through their public interface. One binary, one module per topic.

#[cfg(test)]
mod claims;
#[cfg(test)]
mod cycles;
#[cfg(test)]
mod exporting;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod given;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod lifecycle;
#[cfg(test)]
mod refusals;
