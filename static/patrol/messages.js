const SCOPE = '/patrol/';

/** The messages that lie on this phone's screen: [Notification]. */
export async function messagesShown() {
  const registration = await navigator.serviceWorker?.getRegistration(SCOPE);
  return (await registration?.getNotifications?.()) ?? [];
}
