using SmartCommunity.Simulator.Commands;

return await SimulatorCommand.Create().Parse(args).InvokeAsync();
