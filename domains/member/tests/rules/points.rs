//! What a member's points take and refuse.

mod earning;
