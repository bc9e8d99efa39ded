package dev.conduct.cli;

import dev.conduct.database.FolderDatabase;
import dev.conduct.ledger.verify.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        return Verify.run(arguments, System.out, System.err, FolderDatabase::open);
    }
}
