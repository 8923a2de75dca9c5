using System.Xml.Linq;
using LastAccessedBot.Aws.Wire;
using LastAccessedBot.Flows;

namespace LastAccessedBot.Tests.Aws;

public sealed class SignatureTests(StrictMoto moto) : IClassFixture<StrictMoto>
{
    [Fact]
    public async Task Calls_of_both_protocols_are_signed_as_botocore_signs_them()
    {
        moto.Require();
        const string Everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:*","organizations:*"],"Resource":"*"}]}""";
        await moto.MakeAsync(AwsService.Iam, "CreateUser", ("UserName", "bot"));
        await moto.MakeAsync(AwsService.Iam, "PutUserPolicy", ("UserName", "bot"), ("PolicyName", "all"), ("PolicyDocument", Everything));
        var key = XmlAnswer.Parse(await moto.MakeAsync(AwsService.Iam, "CreateAccessKey", ("UserName", "bot")))
            .Required("CreateAccessKeyResult").Required("AccessKey");
        (moto.Options.AccessKeyId, moto.Options.SecretAccessKey) = (key.Text("AccessKeyId"), key.Text("SecretAccessKey"));

        await moto.Iam.PutUserPolicyAsync("bot", "odd name+=,.@-", Everything, CancellationToken.None);
        Assert.Equal(Everything, await moto.Iam.GetUserPolicyAsync("bot", "odd name+=,.@-", CancellationToken.None));
        await moto.MakeAsync(AwsService.Organizations, "CreateOrganization", ("FeatureSet", "ALL"));
        Assert.Single(await moto.Organizations.ListRootsAsync(CancellationToken.None));

        moto.Options.SecretAccessKey = "another";
        var refused = await Assert.ThrowsAsync<AwsRefusedException>(() => moto.Iam.GetUserAsync("bot", CancellationToken.None));
        Assert.Equal("SignatureDoesNotMatch", refused.Code);
    }
}
