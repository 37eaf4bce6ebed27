//! A connection that can be made to end in ways that HTTP servers do not offer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use crate::connections::Connection;

/// What the first byte of a TLS connection is.
const TLS_HANDSHAKE: u8 = 0x16;

/// How a connection is to end, decided while it is in use.
#[derive(Default)]
pub(crate) struct Ending {
    /// Nothing more is read: the server takes it for the caller's end, and closes.
    pub(crate) is_closed: AtomicBool,
    /// The end is a reset.
    pub(crate) is_reset: AtomicBool,
    /// The caller speaks TLS, which HTTP can only end with.
    pub(crate) is_tls: AtomicBool,
}

pub(crate) struct Wire {
    stream: TcpStream,
    connection: Arc<Connection>,
    ending: Arc<Ending>,
    /// How long the caller may leave an answer unread.
    patience: Duration,
    unread: Option<Pin<Box<Sleep>>>,
    is_new: bool,
}

impl Wire {
    pub(crate) fn new(
        stream: TcpStream,
        connection: Arc<Connection>,
        ending: Arc<Ending>,
        patience: Duration,
    ) -> Self {
        Self {
            stream,
            connection,
            ending,
            patience,
            unread: None,
            is_new: true,
        }
    }

    /// What came of writing. A caller that reads nothing for too long gets nothing more.
    fn written(
        &mut self,
        written: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = written {
            self.unread = None;
            self.connection.release(*written.as_ref().unwrap_or(&0));
            return Poll::Ready(written);
        }
        let patience = self.patience;
        let unread = self
            .unread
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        unread
            .as_mut()
            .poll(context)
            .map(|()| Err(io::ErrorKind::TimedOut.into()))
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
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        let arrived = &buffer.filled()[before..];
        if self.is_new && read.is_ready() {
            self.is_new = false;
            let is_tls = arrived.first() == Some(&TLS_HANDSHAKE);
            self.ending.is_tls.store(is_tls, Ordering::Relaxed);
        }
        self.connection.hold(arrived.len());
        read
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(written, context)
    }

    /// Without it answers would be copied once more, into a buffer that stays as large as the largest of them.
    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.written(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
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
