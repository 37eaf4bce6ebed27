//! Requests.

/// Makes a record the request of an operation: what the client has to know to send it.
///
/// Each part of the scope that the operation takes comes with the field in which a request says it.
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
