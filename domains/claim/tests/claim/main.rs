//! The claim context from outside: given / when / then, the laws, and the golden JSON of every event.

#[cfg(test)]
mod again;
#[cfg(test)]
mod cancel;
#[cfg(test)]
mod given;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod goods_back;
#[cfg(test)]
mod hold;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod quote;
#[cfg(test)]
mod request;
#[cfg(test)]
mod runs;
