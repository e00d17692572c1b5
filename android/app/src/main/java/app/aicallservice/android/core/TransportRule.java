package app.aicallservice.android.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Which server addresses the app may talk to: https anywhere; plain http only inside the house (loopback, private
 * ranges, .local, .lan). The same rule stands in ui/platform for the screens; both are tested with the same table.
 */
public final class TransportRule {
    public enum Transport { SECURE, PRIVATE_PLAIN, REFUSED }

    private TransportRule() {}

    /** Judges an address such as {@code http://192.168.1.20:8000}. Anything that does not parse is refused. */
    public static Transport judge(String address) {
        URI uri;
        try {
            uri = new URI(address == null ? "" : address.trim());
        } catch (URISyntaxException e) {
            return Transport.REFUSED;
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null) return Transport.REFUSED;
        if (scheme.equals("https")) return Transport.SECURE;
        return scheme.equals("http") && isPrivateHost(host) ? Transport.PRIVATE_PLAIN : Transport.REFUSED;
    }

    private static boolean isPrivateHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[")) return isPrivateIpv6(name.substring(1, name.length() - 1));
        if (name.equals("localhost") || name.endsWith(".local") || name.endsWith(".lan")) return true;
        int[] parts = ipv4(name);
        if (parts == null) return false;
        return parts[0] == 127
            || parts[0] == 10
            || (parts[0] == 192 && parts[1] == 168)
            || (parts[0] == 172 && parts[1] >= 16 && parts[1] <= 31)
            || (parts[0] == 169 && parts[1] == 254);
    }

    /** Loopback, unique local (fc00::/7) and link local (fe80::/10). */
    private static boolean isPrivateIpv6(String address) {
        if (address.equals("::1")) return true;
        int colon = address.indexOf(':');
        if (colon < 3) return false;
        int first;
        try {
            first = Integer.parseInt(address.substring(0, colon), 16);
        } catch (NumberFormatException e) {
            return false;
        }
        return (first & 0xfe00) == 0xfc00 || (first & 0xffc0) == 0xfe80;
    }

    /** Four decimal parts or null: {@code 127.1} and {@code 010.0.0.1} mean different things to different parsers. */
    private static int[] ipv4(String host) {
        String[] texts = host.split("\\.", -1);
        if (texts.length != 4) return null;
        int[] parts = new int[4];
        for (int i = 0; i < 4; i++) {
            if (!texts[i].matches("0|[1-9][0-9]{0,2}")) return null;
            parts[i] = Integer.parseInt(texts[i]);
            if (parts[i] > 255) return null;
        }
        return parts;
    }
}
