/** Messages in the order of their arrival, for one reader. */
export class Inbox<Message> {
  private readonly messages: Message[] = [];
  private wake = (): void => {};

  put(message: Message): void {
    this.messages.push(message);
    this.wake();
  }

  async take(): Promise<Message> {
    while (this.messages.length === 0) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.messages.shift() as Message;
  }
}
