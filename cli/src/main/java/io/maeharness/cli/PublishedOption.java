package io.maeharness.cli;

import io.maeharness.ablations.run.PublishedStages;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.results.ResultStore;
import io.maeharness.workbench.Checkout;
import io.maeharness.workbench.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which other results count as done. */
final class PublishedOption {
    @Option(
            names = "--published",
            paramLabel = "DIR",
            description =
                    "take stages whose outcome these results hold instead of running them; a published directory or"
                            + " that of another run, repeatable (default: results/published/<profile> of the checkout)")
    private List<Path> directories = new ArrayList<>();

    @Option(names = "--fresh", description = "run stages although published results hold their outcome")
    private boolean fresh;

    /**
     * The session with the results that count as done.
     *
     * @throws HarnessException of kind USAGE when a directory holds no results, or both options are given
     */
    Session applied(Session session) {
        return session.with(new PublishedStages(sources(session.settings().name())));
    }

    private List<PublishedStages.Source> sources(String profile) {
        if (fresh && !directories.isEmpty()) {
            throw new HarnessException(Kind.USAGE, "--fresh takes nothing from --published; leave one of them out");
        }
        if (fresh) {
            return List.of();
        }
        return directories.isEmpty()
                ? ofTheCheckout(profile)
                : directories.stream().map(PublishedOption::named).toList();
    }

    private static PublishedStages.Source named(Path directory) {
        return new PublishedStages.Source(directory.toString(), ResultDirectory.open("--published", directory));
    }

    private static List<PublishedStages.Source> ofTheCheckout(String profile) {
        return Checkout.find()
                .map(checkout -> checkout.published(profile))
                .flatMap(ResultStore::in)
                .map(store -> List.of(new PublishedStages.Source("results/published/" + profile, store)))
                .orElse(List.of());
    }
}
