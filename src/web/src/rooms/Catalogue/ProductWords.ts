/** Handling flags the app has words for. */
export const flags = ['fragile', 'heavy', 'bulky', 'hazmat', 'battery', 'cold', 'frozen', 'food'];
