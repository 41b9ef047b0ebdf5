import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws a tiny data set in ImageNet's folder layout: {@code java .ci/TinyImageFolder.java DIRECTORY}. */
final class TinyImageFolder {
    private static final int TRAIN = 4;
    private static final int VALIDATION = 1;

    private TinyImageFolder() {}

    public static void main(String[] arguments) throws IOException {
        for (String wnid : new String[] {"n00000001", "n00000002"}) {
            draw(new File(arguments[0], "train/" + wnid), wnid, TRAIN);
            draw(new File(arguments[0], "val/" + wnid), wnid, VALIDATION);
        }
    }

    private static void draw(File directory, String wnid, int count) throws IOException {
        if (!directory.mkdirs()) {
            throw new IOException("cannot make " + directory);
        }
        for (int i = 0; i < count; i++) {
            Random random = new Random(directory.getPath().hashCode() + i);
            BufferedImage image = new BufferedImage(260 + 10 * i, 240, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            for (int shape = 0; shape < 20; shape++) {
                graphics.setColor(new Color(random.nextInt(1 << 24)));
                int x = random.nextInt(240);
                int y = random.nextInt(220);
                if (wnid.endsWith("1")) {
                    graphics.fillOval(x, y, 60, 60);
                } else {
                    graphics.fillRect(x, y, 60, 60);
                }
            }
            graphics.dispose();
            ImageIO.write(image, "jpg", new File(directory, i + ".jpg"));
        }
    }
}
