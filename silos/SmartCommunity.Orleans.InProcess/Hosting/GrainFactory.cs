using Orleans;
using Orleans.Runtime;
using SmartCommunity.Orleans.InProcess.Activations;
using SmartCommunity.Orleans.InProcess.Calls;
using SmartCommunity.Orleans.InProcess.Catalog;

namespace SmartCommunity.Orleans.InProcess.Hosting;

/// <inheritdoc/>
internal sealed class GrainFactory(GrainCatalog catalog, GrainContracts contracts, ActivationDirectory directory) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)Get(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Get(grainInterfaceType, grainPrimaryKey, null);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)directory.Reference(grainId, typeof(TGrainInterface));

    private object Get(Type contract, string key, string? classNamePrefix)
    {
        var grainId = GrainId.Create(catalog.Of(contract, classNamePrefix).GrainType, key);
        return contracts.Of(contract).Reference(directory, grainId);
    }
}
