//! The rules of shipping, through its public interface: given events, when a command, then events or a rejection.

#[cfg(test)]
mod delivery_policy;
#[cfg(test)]
mod departure;
#[cfg(test)]
mod given;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod remote_area;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod track;
