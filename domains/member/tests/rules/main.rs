//! The rules of the member context, asked through its public interface: one file per aggregate, the stored shapes in
//! `golden`, the laws that hold for any history in `laws`. Never here: the inside of a decider.

#[cfg(test)]
mod admins;
#[cfg(test)]
mod email;
#[cfg(test)]
mod given;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod honoured;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod member;
#[cfg(test)]
mod merchant;
#[cfg(test)]
mod operator;
#[cfg(test)]
mod points;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod session;
#[cfg(test)]
mod value;
