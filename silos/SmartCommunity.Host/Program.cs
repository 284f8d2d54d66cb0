using SmartCommunity.Host.Commands;

return await HostCommand.RunAsync(args);
