import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Sets the installation up as its first administrator would, through the same pages, and returns
/// the account with its signed-in session.
final class Administrator {

    private static final String EMAIL = "bench@bench.example";
    private static final String PASSWORD = "correct-bench-battery-staple";

    private Administrator() {}

    /// @param recoveryCode one that was not used
    record Account(Session session, String email, String password, String recoveryCode) {}

    static Account setUp(int port, String link, Path data) throws Exception {
        var session = new Session(port);
        session.open(link)
                .submit(Map.of(
                        "company", "Bench",
                        "name", "Bench Runner",
                        "email", EMAIL,
                        "password", PASSWORD));
        var secret = session.find("id=\"secret\">\\s*([A-Z2-7 ]+)");
        session.submit(Map.of("code", Totp.code(secret, System.currentTimeMillis() / 1000)));
        Files.writeString(secretOf(data), secret);
        var recoveryCode = session.find("id=\"recovery-codes\">\\s*<li>([^<]+)</li>");
        return new Account(signedIn(session), EMAIL, PASSWORD, recoveryCode);
    }

    /// Whether an earlier run set up the installation of this folder.
    static boolean knows(Path data) {
        return Files.exists(secretOf(data));
    }

    static Session signIn(int port, Path data) throws Exception {
        var session = new Session(port).open("/sign-in").submit(Map.of("email", EMAIL, "password", PASSWORD));
        session.submit(Map.of("code", Totp.code(Files.readString(secretOf(data)), System.currentTimeMillis() / 1000)));
        return signedIn(session);
    }

    private static Session signedIn(Session session) throws Exception {
        if (!session.open("/lines/bug").where().equals("/lines/bug 200")) {
            throw new IllegalStateException("not signed in: " + session.where());
        }
        return session;
    }

    /// The secret of the second factor lies beside the folder, not in it.
    private static Path secretOf(Path data) {
        return data.resolveSibling(data.getFileName() + "-secret");
    }
}
