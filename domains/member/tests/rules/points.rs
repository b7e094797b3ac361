//! What a member's points take and refuse: how they come, how orders spend them, how they go back and end.

mod earn;
mod earning;
mod expire;
mod laws;
mod remembered;
mod restore;
mod sample;
mod spend;
