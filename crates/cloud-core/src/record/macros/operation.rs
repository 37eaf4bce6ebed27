//! Requests.

/// Makes a record the request of an operation: what the client has to know to send it.
///
/// Each part of the scope that the operation takes comes with the field in which a request says it.
///
/// ```
/// # #[cfg(feature = "tencent")] {
/// # use cloud_core::{Service, ServiceInfo, tencent::Tencent};
/// # pub enum Redis {}
/// # impl Service for Redis {
/// #     type Provider = Tencent;
/// #     const INFO: ServiceInfo = ServiceInfo { name: "redis", version: "2018-04-12", user_agent: "x", endpoints: &[], errors: &[] };
/// # }
/// #[derive(Default)]
/// pub struct OpenLog {
///     pub instance_id: Option<String>,
///     pub region: Option<String>,
/// }
///
/// #[derive(Debug, Default)]
/// pub struct OpenLogResponse {}
///
/// cloud_core::input!(OpenLog {
///     "InstanceId" => instance_id,
/// });
///
/// cloud_core::operation!(OpenLog => OpenLogResponse of Redis {
///     action: "OpenLog",
///     effect: Write,
///     region: Required in region,
///     rate_limit: 20 / 1,
/// });
///
/// cloud_core::record!(OpenLogResponse {});
/// # }
/// ```
#[macro_export]
macro_rules! operation {
    ($request:ident => $response:ident of $service:path {
        action: $action:literal,
        effect: $effect:ident,
        $(region: $region:ident in $region_field:ident,)?
        $(zone: $zone:ident in $zone_field:ident,)?
        $(project: $project:ident in $project_field:ident,)?
        $(rate_limit: $calls:literal / $seconds:literal,)?
    }) => {
        // The page of the service would list all of them, with their methods.
        #[doc(hidden)]
        #[allow(deprecated)]
        impl $crate::Operation<$service> for $request {
            type Response = $response;

            #[inline]
            fn metadata(&self) -> $crate::Metadata<'_> {
                $crate::Metadata::new($action, $crate::Effect::$effect)
                    $(.region($crate::Need::$region))?
                    $(.zone($crate::Need::$zone))?
                    $(.project($crate::Need::$project))?
                    $(.rate_limit($crate::RateLimit::new($calls, $seconds)))?
            }

            #[inline]
            #[allow(clippy::needless_update)]
            fn scope(&self) -> $crate::Scope<'_> {
                $crate::Scope {
                    $(region: self.$region_field.as_deref(),)?
                    $(zone: self.$zone_field.as_deref(),)?
                    $(project: self.$project_field.as_deref(),)?
                    ..::core::default::Default::default()
                }
            }

            #[inline]
            fn encode(&self, params: &mut $crate::Params) {
                params.record(self);
            }

            #[inline]
            fn as_any(&self) -> &dyn ::core::any::Any {
                self
            }
        }
    };
}
