using System.Diagnostics;
using SmartCommunity.Orleans.InProcess.Tests.Support;

namespace SmartCommunity.Orleans.InProcess.Tests.Calls;

public sealed class ContextTests
{
    [Fact]
    public async Task TheCallersTraceGoesWithTheCallAndNothingElseDoes()
    {
        await using var host = await GrainTestHost.StartAsync();
        var grain = host.Grains.GetGrain<IFaultGrain>("a");
        FaultGrain.Ambient.Value = "the caller's";
        using (var activity = new Activity("caller").Start())
            (await grain.WhatCameAlong()).ShouldBe((activity.Id, null));

        (await grain.WhatCameAlong()).ShouldBe((null, null));
    }
}
