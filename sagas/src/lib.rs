//! sagas.
