//! The product context through its public interface: decisions, laws and golden events. One binary.

#[cfg(test)]
mod category;
#[cfg(test)]
mod given;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod product_details;
#[cfg(test)]
mod product_limits;
#[cfg(test)]
mod product_phases;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod stock;
