using System.Collections.Frozen;
using SmartCommunity.Simulation.Devices.Models;

namespace SmartCommunity.Simulation.Devices;

/// <summary>The table of device kinds that have a model of their own.</summary>
public static class DeviceModels
{
    private static readonly FrozenDictionary<string, Func<DeviceContext, IDeviceModel>> ByKind =
        new Dictionary<string, Func<DeviceContext, IDeviceModel>>(StringComparer.Ordinal)
        {
            ["falling-object-camera"] = context => new CameraModel(context),
            ["parking-camera"] = context => new ParkingCameraModel(context),
            ["gate-camera"] = context => new GateCameraModel(context),
            ["area-camera"] = context => new CameraModel(context),
            ["door-controller"] = context => new DoorControllerModel(context),
            ["smoke-detector"] = context => new SmokeDetectorModel(context),
            ["gas-detector"] = context => new GasDetectorModel(context),
            ["water-leak-sensor"] = context => new WaterLeakSensorModel(context),
            ["manhole-sensor"] = context => new ManholeSensorModel(context),
            ["panic-button"] = context => new RadioSensorModel(context),
            ["water-meter"] = context => new WaterMeterModel(context),
            ["power-meter"] = context => new PowerMeterModel(context),
            ["lift-monitor"] = context => new LiftMonitorModel(context),
            ["people-counter"] = context => new PeopleCounterModel(context),
            ["environment-sensor"] = context => new EnvironmentSensorModel(context),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kinds with a model of their own.</summary>
    public static IReadOnlyList<string> Kinds => ByKind.Keys;

    /// <summary>The model of a device. A kind without one of its own reports battery and signal, like any radio sensor.</summary>
    public static IDeviceModel Create(DeviceContext context) =>
        ByKind.TryGetValue(context.Site.Kind, out var factory) ? factory(context) : new RadioSensorModel(context);
}
