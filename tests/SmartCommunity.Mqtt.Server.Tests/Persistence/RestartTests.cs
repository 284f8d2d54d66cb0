namespace SmartCommunity.Mqtt.Server.Tests.Persistence;

/// <summary>
/// Random publishing, subscribing, reading and acknowledging against a model, with crashes that tear what was not flushed: what was acknowledged is
/// there, in order; at QoS 2 nothing comes twice.
/// </summary>
public sealed class RestartTests
{
    private static readonly string[] Topics = ["a/1", "a/2", "b/1"];
    private static readonly string[] Filters = ["a/+", "b/#", "#", "a/1"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(2026)]
    [InlineData(4711)]
    [InlineData(99)]
    public void WhatWasAcknowledgedOutlivesCrashes(int seed)
    {
        var run = new Run(seed);
        try
        {
            for (var step = 0; step < 4_000; step++) run.Step();
            run.Finish();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"seed {seed}: {failure.Message}", failure);
        }
    }

    [Fact]
    public void TheHarnessCanFail()
    {
        // An endpoint that acknowledged before the flush would be caught.
        var caught = 0;
        for (var seed = 0; seed < 10 && caught == 0; seed++)
        {
            var run = new Run(seed, acknowledgesEarly: true);
            try
            {
                for (var step = 0; step < 2_000; step++) run.Step();
                run.Finish();
            }
            catch (ShouldAssertException)
            {
                caught++;
            }
        }

        caught.ShouldBe(1);
    }

    private sealed class Run(int seed, bool acknowledgesEarly = false)
    {
        private readonly Random _random = new(seed);
        private readonly List<Published> _published = [];
        private readonly List<ModelSubscriber> _subscribers = [new("s0"), new("s1"), new("s2")];
        private World _world = World.Open();

        public void Step()
        {
            var subscriber = _subscribers[_random.Next(_subscribers.Count)];
            switch (_random.Next(100))
            {
                case < 40:
                    Publish();
                    break;
                case < 60:
                    subscriber.Take(_world, _random.Next(1, 8));
                    break;
                case < 85:
                    subscriber.Answer(_world, _random.Next(8));
                    break;
                case < 92:
                    _world.Store.Flush();
                    break;
                case < 95:
                    ChangeSubscription(subscriber);
                    break;
                case < 96:
                    subscriber.Connect(_world, _random.Next(1, 6));
                    break;
                case < 98:
                    _world.Store.Flush();
                    _world.Store.Compact();
                    break;
                default:
                    Restart();
                    break;
            }
        }

        public void Finish()
        {
            _world.Flush();
            foreach (var subscriber in _subscribers)
            {
                subscriber.Connect(_world, 5);
                do
                {
                    subscriber.Take(_world, int.MaxValue);
                    _world.Flush();
                    subscriber.Answer(_world, 0);
                }
                while (subscriber.IsBusy || _world.Session(subscriber.Name).Outgoing.Count > 0);
                Check(subscriber);
            }

            CheckRetained();
            _world.Context.Budget.Used.ShouldBe(0, "every byte that was taken is given back");
        }

        private void Publish()
        {
            var topic = Topics[_random.Next(Topics.Length)];
            var qos = _random.Next(1, 3);
            var retain = _random.Next(4) == 0;
            var wanted = _subscribers.Where(s => s.Filters.Any(f => Mqtt.Topics.TopicMatcher.Matches(f, topic))).Select(s => s.Name).ToArray();
            var number = _published.Count;
            var position = _world.Publish(topic, $"{number}", qos, retain);
            _published.Add(new Published(topic, qos, retain, wanted, position));
        }

        private void ChangeSubscription(ModelSubscriber subscriber)
        {
            var filter = Filters[_random.Next(Filters.Length)];
            var session = _world.Session(subscriber.Name);
            if (subscriber.Filters.Remove(filter))
            {
                var gone = session.Subscriptions.Remove(filter)!;
                _world.Router.Remove(gone);
                session.Trail!.Unsubscribed(gone);
            }
            else
            {
                _world.Subscribe(session, filter);
                subscriber.Filters.Add(filter);
            }

            // SUBACK and UNSUBACK.
            _world.Flush();
            MarkAcknowledged();
        }

        private void Restart()
        {
            MarkAcknowledged();
            var clean = _random.Next(4) == 0;
            if (clean) _world.Dispose();
            if (clean) _published.ForEach(p => p.IsAcknowledged |= p.Position != long.MaxValue);
            var survival = _random.Next(101);
            _world = _world.Crash(() => _random.Next(100) < survival);
            foreach (var subscriber in _subscribers)
            {
                var session = _world.Session(subscriber.Name);
                session.Subscriptions.All.Select(s => s.Filter).ShouldBe(subscriber.Filters, ignoreOrder: true);
                subscriber.Connect(_world, _random.Next(1, 6));
            }

            foreach (var published in _published) published.Position = long.MaxValue;
            CheckRetained();
        }

        private void MarkAcknowledged()
        {
            var through = acknowledgesEarly ? long.MaxValue - 1 : _world.Store.DurableThrough;
            foreach (var published in _published.Where(p => p.Position <= through)) published.IsAcknowledged = true;
        }

        private void Check(ModelSubscriber subscriber)
        {
            var effects = subscriber.Effects;
            effects.Distinct().Count().ShouldBe(effects.Count, $"{subscriber.Name} got a message twice");
            effects.ShouldBe([.. effects.Order()], $"{subscriber.Name} got messages out of order");
            MarkAcknowledged();
            var due = _published.Index().Where(p => p.Item.IsAcknowledged && p.Item.Wanted.Contains(subscriber.Name)).Select(p => p.Index);
            due.Except(effects).ShouldBeEmpty($"{subscriber.Name} lost acknowledged messages");
        }

        private void CheckRetained()
        {
            foreach (var topic in Topics)
            {
                var sets = _published.Index().Where(p => p.Item.Retain && p.Item.Topic == topic).ToList();
                var last = sets.Where(p => p.Item.IsAcknowledged).Select(p => p.Index).DefaultIfEmpty(-1).Max();
                var message = _world.Router.Retained.Match(topic).SingleOrDefault();
                var text = message is null ? "-1" : System.Text.Encoding.UTF8.GetString(message.Payload.Span);
                var kept = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
                kept.ShouldBeGreaterThanOrEqualTo(last, $"the retained message of {topic} is older than an acknowledged one");
            }
        }
    }

    private sealed record Published(string Topic, int Qos, bool Retain, string[] Wanted, long Position)
    {
        public long Position { get; set; } = Position;

        public bool IsAcknowledged { get; set; }
    }
}
