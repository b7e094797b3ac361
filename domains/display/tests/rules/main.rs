//! The display context through its public interface: decisions, laws and golden events. One binary.

#[cfg(test)]
mod exhibition;
#[cfg(test)]
mod given;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tree;
