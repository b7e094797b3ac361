//! To come: http.
/// To come.
pub fn router(_app: crate::app::App, _config: &crate::config::HttpConfig) -> axum::Router {
    axum::Router::new()
}
