//! A connection that can be made to end in ways that HTTP servers do not offer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// How a connection is to end, decided while it is in use.
#[derive(Default)]
pub(crate) struct Ending {
    /// Nothing more is read: the server takes it for the caller's end, and closes.
    pub(crate) is_closed: AtomicBool,
    /// The end is a reset.
    pub(crate) is_reset: AtomicBool,
}

pub(crate) struct Wire {
    stream: TcpStream,
    ending: Arc<Ending>,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream, ending: Arc<Ending>) -> Self {
        Self { stream, ending }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.ending.is_reset.load(Ordering::Relaxed) {
            // Without it the connection still ends, only more politely.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.ending.is_closed.load(Ordering::Relaxed) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.ending.is_reset.load(Ordering::Relaxed) {
            // A regular end would come before the reset.
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
