//! The request to wait on, made from a request and its answer.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{
    Carried, CompletionSource, CompletionStep, CompletionTarget, Literal, Operation, Type,
};

use super::members::scope_name;
use super::names::ident;
use super::source::Source;
use super::{RenderError, deprecation, docs};

/// Adds the method `completion`, if the operation only starts what another one sees the end of.
pub fn implementation(operation: &Operation, source: &mut Source<'_>) -> Result<(), RenderError> {
    let Some(completion) = &operation.completion else {
        return Ok(());
    };
    let name = ident(&operation.request_name)?;
    let response = ident(&operation.response_name)?;
    let request = ident(&completion.request_name)?;
    let values = Values {
        module: &completion.operation_module,
    };
    let made = values.made(
        quote!(crate::#request),
        completion.args_name.as_deref(),
        &completion.fields,
    )?;
    let doc = source.doc(docs::completion(completion));
    let looks_at_answer = completion
        .fields
        .iter()
        .any(|(_, value)| is_of_answer(value));
    let answer = if looks_at_answer {
        quote!(response)
    } else {
        quote!(_)
    };
    let allow = deprecation::allow(true);
    let scope = completion.scope.iter().map(|key| ident(scope_name(*key)));
    let scope = scope.collect::<Result<Vec<_>, _>>()?;
    let body = if scope.is_empty() {
        quote!(Some(#made))
    } else {
        quote! {
            let mut request = #made;
            #(request.#scope.clone_from(&self.#scope);)*
            Some(request)
        }
    };
    source.item(quote! {
        #allow
        impl #name {
            #doc
            pub fn completion(&self, #answer: &#response) -> Option<crate::#request> {
                #body
            }
        }
    })
}

/// Whether a value is taken from the answer, or a part of it.
fn is_of_answer(value: &CompletionSource) -> bool {
    match value {
        CompletionSource::Response(_) => true,
        CompletionSource::Request(_) | CompletionSource::Literal(_) => false,
        CompletionSource::List(items) => items.iter().any(is_of_answer),
        CompletionSource::Record { fields, .. } => {
            fields.iter().any(|(_, value)| is_of_answer(value))
        }
    }
}

/// Writes values for an operation, whose types are those of its module.
struct Values<'a> {
    module: &'a str,
}

impl Values<'_> {
    /// A request or a record, made with `new` and setters.
    fn made(
        &self,
        path: TokenStream,
        args: Option<&str>,
        fields: &[(CompletionTarget, CompletionSource)],
    ) -> Result<TokenStream, RenderError> {
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        for (target, value) in fields {
            let name = ident(&target.name)?;
            let value = self.value(&target.ty, value)?;
            match (target.required, args) {
                (true, Some(_)) => arguments.push(quote!(#name: #value)),
                (true, None) => arguments.push(value),
                (false, _) => setters.push(quote!(.#name(#value))),
            }
        }
        let arguments = match args {
            Some(args) => {
                let args = self.path(args)?;
                quote!(#args { #(#arguments),* })
            }
            None => quote!(#(#arguments),*),
        };
        Ok(quote!(#path::new(#arguments) #(#setters)*))
    }

    fn value(&self, ty: &Type, value: &CompletionSource) -> Result<TokenStream, RenderError> {
        Ok(match value {
            CompletionSource::Request(steps) => self.carried(ty, quote!(self), steps)?,
            CompletionSource::Response(steps) => self.carried(ty, quote!(response), steps)?,
            CompletionSource::Literal(value) => self.literal(ty, value)?,
            CompletionSource::List(items) => {
                let Type::List(item) = ty.held() else {
                    return Err(RenderError("a list is given for something else".to_owned()));
                };
                let items = items
                    .iter()
                    .map(|value| self.value(item, value))
                    .collect::<Result<Vec<_>, _>>()?;
                quote!(Vec::from([#(#items),*]))
            }
            CompletionSource::Record {
                name,
                args_name,
                fields,
            } => {
                let path = self.path(name)?;
                self.made(path, args_name.as_deref(), fields)?
            }
        })
    }

    fn literal(&self, ty: &Type, value: &Literal) -> Result<TokenStream, RenderError> {
        match value {
            Literal::Text(text) => {
                let ty = self.rust(ty)?;
                Ok(quote!(#ty::from(#text)))
            }
            Literal::Bool(value) => Ok(quote!(#value)),
            Literal::Integer(digits) | Literal::Float(digits) => digits
                .parse()
                .map_err(|_| RenderError(format!("`{digits}` is not a number"))),
            Literal::Variant {
                enumeration,
                variant,
            } => {
                let (path, variant) = (self.path(enumeration)?, ident(variant)?);
                Ok(quote!(#path::#variant))
            }
            Literal::List(items) => {
                let Type::List(item) = ty.held() else {
                    return Err(RenderError("a list is given for something else".to_owned()));
                };
                let items = items
                    .iter()
                    .map(|value| self.literal(item, value))
                    .collect::<Result<Vec<_>, _>>()?;
                Ok(quote!(Vec::from([#(#items),*])))
            }
            Literal::Bytes(_) | Literal::Json(_) | Literal::Map(_) | Literal::Record { .. } => Err(
                RenderError("a completion sends what is not a scalar".to_owned()),
            ),
        }
    }

    /// A member handed on, in the type that it has there.
    fn carried(
        &self,
        ty: &Type,
        owner: TokenStream,
        steps: &[CompletionStep],
    ) -> Result<TokenStream, RenderError> {
        let mut path = owner;
        for (index, step) in steps.iter().enumerate() {
            let name = ident(&step.name)?;
            path = quote!(#path.#name);
            if step.optional && index + 1 < steps.len() {
                path = quote!(#path.as_ref()?);
            }
        }
        let ty = self.rust(ty)?;
        Ok(quote!(cloud_core::record::convert::<#ty>(&#path)?))
    }

    /// A type as another module writes it.
    fn rust(&self, ty: &Type) -> Result<TokenStream, RenderError> {
        let core = |name: &str| ident(name).map(|name| quote!(cloud_core::#name));
        Ok(match ty {
            Type::String => quote!(String),
            Type::Bool | Type::Flag => quote!(bool),
            Type::I32 => quote!(i32),
            Type::I64 | Type::Hour => quote!(i64),
            Type::U64 => quote!(u64),
            Type::F64 => quote!(f64),
            Type::Secret => core("Secret")?,
            Type::Json => core("Json")?,
            Type::UnixSeconds => core("UnixSeconds")?,
            Type::UnixMillis => core("UnixMillis")?,
            Type::DownloadUrl => core("DownloadUrl")?,
            Type::Text(Carried::Bool | Carried::Flag) => quote!(bool),
            Type::Text(Carried::I64) => quote!(i64),
            Type::Text(Carried::U64) => quote!(u64),
            Type::Text(Carried::F64) => quote!(f64),
            // Text that carries anything else is taken as it is.
            Type::Text(_) | Type::JsonText(_) | Type::SecretJson(_) => quote!(String),
            Type::Named(name) => self.path(name)?,
            Type::List(item) => {
                let item = self.rust(item)?;
                quote!(Vec<#item>)
            }
            Type::Map(_) => return Err(RenderError("a completion hands on a map".to_owned())),
        })
    }

    fn path(&self, name: &str) -> Result<TokenStream, RenderError> {
        let module = ident(self.module)?;
        let name = ident(name)?;
        Ok(quote!(crate::#module::#name))
    }
}
