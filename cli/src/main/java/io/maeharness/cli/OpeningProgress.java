package io.maeharness.cli;

import io.maeharness.cli.progress.Screen;
import io.maeharness.core.data.OpeningListener;
import java.io.PrintWriter;
import java.util.List;

/** Shows how far the opening of a data set is, from its first line to its end. */
final class OpeningProgress implements OpeningListener {
    private final PrintWriter err;
    private Screen screen;

    OpeningProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public synchronized void progress(String line) {
        if (screen == null) {
            screen = Screen.of(err);
        }
        screen.status(List.of(line));
    }

    @Override
    public synchronized void ended() {
        if (screen != null) {
            screen.close();
            screen = null;
        }
    }
}
