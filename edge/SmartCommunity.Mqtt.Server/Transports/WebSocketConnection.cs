using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SmartCommunity.Mqtt.Server.Transports;

/// <summary>A WebSocket as a connection, so that the endpoint serves it like any other.</summary>
internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe, IConnectionLifetimeNotificationFeature
{
    // As much as Kestrel keeps of a socket; beyond it the client is not read.
    private const int PauseAt = 64 * 1024;

    private readonly WebSocket _socket;
    private readonly Pipe _received = new(new PipeOptions(pauseWriterThreshold: PauseAt, resumeWriterThreshold: PauseAt / 2, useSynchronizationContext: false));
    private readonly CancellationTokenSource _aborted = new();
    private readonly WebSocketIntake _intake;

    public WebSocketConnection(HttpContext context, WebSocket socket, CancellationToken stopping)
    {
        _socket = socket;
        _intake = new WebSocketIntake(socket, _received.Writer);
        Output = PipeWriter.Create(new WebSocketOutput(socket));
        ConnectionId = context.Connection.Id;
        ConnectionClosedRequested = stopping;
        ConnectionClosed = _aborted.Token;
        if (context.Connection.RemoteIpAddress is { } address) RemoteEndPoint = new IPEndPoint(address, context.Connection.RemotePort);
        Features.Set<IConnectionLifetimeNotificationFeature>(this);
        Features.Set(new TransportInfo(context.Request.IsHttps ? TransportKind.WebSocketOverTls : TransportKind.WebSocket, null));
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public PipeReader Input => _received.Reader;

    public PipeWriter Output { get; }

    /// <summary>Cancelled when the host stops.</summary>
    public CancellationToken ConnectionClosedRequested { get; set; }

    public void RequestClose() => Abort();

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _socket.Abort();
        _aborted.Cancel();
    }

    /// <summary>Serves the connection until it ends, and closes the WebSocket.</summary>
    /// <param name="serve">The endpoint.</param>
    /// <param name="closeTimeout">How long the client has to answer the closing.</param>
    /// <param name="time">Measures that.</param>
    public async Task RunAsync(Func<ConnectionContext, Task> serve, TimeSpan closeTimeout, TimeProvider time)
    {
        var intake = _intake.RunAsync(_aborted.Token);
        await serve(this);
        await Input.CompleteAsync();
        using var limit = new CancellationTokenSource(closeTimeout, time);
        await using var giveUp = limit.Token.UnsafeRegister(static c => ((WebSocketConnection)c!).Abort(), this);
        await SayGoodbyeAsync();
        await intake;
    }

    public override async ValueTask DisposeAsync()
    {
        await _aborted.CancelAsync();
        _aborted.Dispose();
        await base.DisposeAsync();
    }

    // The output first: what waits there goes before the close frame.
    private async Task SayGoodbyeAsync()
    {
        try
        {
            await Output.CompleteAsync();
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(_intake.CloseStatus, statusDescription: null, _aborted.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // A client that is gone needs no goodbye.
        }
    }
}
