package dev.conduct.cli;

import dev.conduct.database.FolderDatabase;
import dev.conduct.keys.SubjectReader;
import dev.conduct.ledger.verify.ContentOpener;
import dev.conduct.ledger.verify.Verify;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `./conduct verify`: the stand-alone checker, which here can start the database of a folder that nobody serves.
@Command(
        name = "verify",
        description = "Checks a ledger: a bundle, or a data folder, served or not.",
        footer = {"", Verify.USAGE})
final class VerifyCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        Logs.likeTheServers();
        return Verify.run(arguments, System.out, System.err, new InFolder());
    }

    private static final class InFolder implements Verify.Opening {

        @Override
        public Closeable open(Path data) throws IOException {
            return FolderDatabase.open(data);
        }

        @Override
        public @Nullable ContentOpener opener(Connection connection, Path keys) throws IOException, SQLException {
            var subjects = SubjectReader.of(connection, keys, System.getenv("CONDUCT_ROOT_PASSPHRASE"));
            return subjects == null
                    ? null
                    : (key, closed, event, field) -> subjects.open(key, closed, ContentOpener.place(event, field));
        }
    }
}
