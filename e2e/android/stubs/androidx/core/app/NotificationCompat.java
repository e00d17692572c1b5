package androidx.core.app;

import android.app.Notification;
import android.app.PendingIntent;
import android.content.Context;

public class NotificationCompat {
    public static final int VISIBILITY_PRIVATE = 0;
    public static final int PRIORITY_HIGH = 1;
    public static final String CATEGORY_CALL = "call";

    public static class Builder {
        public Builder(Context context, String channelId) {}
        public Builder setSmallIcon(int icon) { return this; }
        public Builder setContentTitle(CharSequence title) { return this; }
        public Builder setContentText(CharSequence text) { return this; }
        public Builder setVisibility(int visibility) { return this; }
        public Builder setAutoCancel(boolean autoCancel) { return this; }
        public Builder setContentIntent(PendingIntent intent) { return this; }
        public Builder setCategory(String category) { return this; }
        public Builder setPriority(int priority) { return this; }
        public Builder setTimeoutAfter(long durationMs) { return this; }
        public Builder addAction(int icon, CharSequence title, PendingIntent intent) { return this; }
        public Notification build() { return null; }
    }
}
