//! To come: credential.
