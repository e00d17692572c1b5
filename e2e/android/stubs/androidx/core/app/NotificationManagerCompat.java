package androidx.core.app;

import android.app.Notification;
import android.content.Context;

public final class NotificationManagerCompat {
    public static NotificationManagerCompat from(Context context) { throw new RuntimeException(); }
    public void notify(int id, Notification notification) {}
    public void cancel(String tag, int id) {}
    public void notify(String tag, int id, Notification notification) {}
}
