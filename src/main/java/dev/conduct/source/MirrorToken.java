package dev.conduct.source;

import java.net.URI;
import java.util.Locale;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/// The name and token of a private repository, as git is given them: to the host of its address alone, wherever a
/// redirect leads.
final class MirrorToken extends CredentialsProvider {

    private final URI address;
    private final CredentialsProvider given;

    MirrorToken(URI address, String user, String token) {
        this.address = address;
        this.given = new UsernamePasswordCredentialsProvider(user, token);
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        return given.supports(items);
    }

    @Override
    public boolean get(URIish asking, CredentialItem... items) {
        return same(asking) && given.get(asking, items);
    }

    private boolean same(URIish asking) {
        return String.valueOf(asking.getScheme()).toLowerCase(Locale.ROOT).equals(address.getScheme())
                && String.valueOf(asking.getHost()).equalsIgnoreCase(address.getHost())
                && asking.getPort() == address.getPort();
    }
}
