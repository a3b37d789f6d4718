package dev.parley.moderation.business.policy;

/** Names the exact rules that a verdict was made by: the installation's revision and one's own. */
public record PolicyVersion(String value) {
    static PolicyVersion ofInstallation(long revision) {
        return new PolicyVersion("policy-" + revision);
    }

    PolicyVersion overriddenBy(long revision) {
        return new PolicyVersion(value + "." + revision);
    }
}
