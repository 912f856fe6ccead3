# %% right: counts the children first, then goes down
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        awaited, found = {self: 0}, [self]
        for value in found:
            value.gradient = 0.0
            for parent, _ in value.parents:
                if parent not in awaited:
                    awaited[parent] = 0
                    found.append(parent)
                awaited[parent] += 1
        self.gradient, ready = 1.0, [self]
        while ready:
            value = ready.pop()
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient
                awaited[parent] -= 1
                if awaited[parent] == 0:
                    ready.append(parent)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% right: one tape for all values, played backwards
TAPE = []


class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = list(parents)
        self.place = len(TAPE)
        TAPE.append(self)

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1), (other, 1)])

    def __mul__(self, other):
        if not isinstance(other, Value):
            return Value(self.number * other, [(self, other)])
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        return Value(np.tanh(self.number), [(self, 1 / np.cosh(self.number) ** 2)])

    def backward(self):
        played = TAPE[: self.place + 1]
        for value in played:
            value.gradient = 0.0
        self.gradient = 1.0
        for value in played[::-1]:
            if value.gradient != 0:
                for parent, slope in value.parents:
                    parent.gradient += value.gradient * slope

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% right: each value knows how to hand on, and the latest comes first
import heapq
from itertools import count


class Value:
    numbers = count()

    def __init__(self, number, parents=(), hand_on=lambda: None):
        self.number = number
        self.gradient = 0.0
        self.parents = parents
        self.hand_on = hand_on
        self.age = next(Value.numbers)

    def __add__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        made = Value(self.number + other.number, (self, other))

        def hand_on():
            self.gradient += made.gradient
            other.gradient += made.gradient

        made.hand_on = hand_on
        return made

    def __mul__(self, other):
        if not isinstance(other, Value):
            other = Value(other)
        made = Value(self.number * other.number, (self, other))

        def hand_on():
            self.gradient += made.gradient * other.number
            other.gradient += made.gradient * self.number

        made.hand_on = hand_on
        return made

    def tanh(self):
        made = Value(np.tanh(self.number), (self,))

        def hand_on():
            self.gradient += made.gradient * (1 - made.number**2)

        made.hand_on = hand_on
        return made

    def backward(self):
        self.gradient = 1.0
        heap, seen = [(-self.age, self)], {self}
        while heap:
            _, value = heapq.heappop(heap)
            for parent in value.parents:
                if parent not in seen:
                    seen.add(parent)
                    parent.gradient = 0.0
                    heapq.heappush(heap, (-parent.age, parent))
            value.hand_on()

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: the slopes of a product exchanged
# hint: they are exchanged
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, self.number), (other, other.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, done = waiting.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                value.gradient = 0.0
                waiting.append((value, True))
                waiting.extend((parent, False) for parent, _ in value.parents)
        self.gradient = 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: hands on the gradient without the local derivative
# hint: the local derivative has no part
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, done = waiting.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                value.gradient = 0.0
                waiting.append((value, True))
                waiting.extend((parent, False) for parent, _ in value.parents)
        self.gradient = 1.0
        for value in reversed(order):
            for parent, _ in value.parents:
                parent.gradient += value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: nothing starts it
# hint: nothing comes back
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, done = waiting.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                value.gradient = 0.0
                waiting.append((value, True))
                waiting.extend((parent, False) for parent, _ in value.parents)
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: one step back only
# hint: only the parents got a share
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        self.gradient = 1.0
        for parent, slope in self.parents:
            parent.gradient += slope * self.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: hands on the numbers
# hint: the numbers themselves came back
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        self.gradient, waiting = self.number, [self]
        for value in waiting:
            for parent, _ in value.parents:
                parent.gradient = parent.number
                waiting.append(parent)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: a plain number has no parents
# hint: a plain number has no .number
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, done = waiting.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                value.gradient = 0.0
                waiting.append((value, True))
                waiting.extend((parent, False) for parent, _ in value.parents)
        self.gradient = 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: tanh without the square
# hint: the square is missing
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t)])

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, done = waiting.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                value.gradient = 0.0
                waiting.append((value, True))
                waiting.extend((parent, False) for parent, _ in value.parents)
        self.gradient = 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: tanh's slope of what goes in
# hint: not the one that goes in
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - self.number**2)])

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, done = waiting.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                value.gradient = 0.0
                waiting.append((value, True))
                waiting.extend((parent, False) for parent, _ in value.parents)
        self.gradient = 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: the last share only
# hint: only one share was kept
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, done = waiting.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                value.gradient = 0.0
                waiting.append((value, True))
                waiting.extend((parent, False) for parent, _ in value.parents)
        self.gradient = 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.gradient = slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: hands on with every share
# hint: the first shares more than once
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        if not self.gradient:
            self.gradient = 1.0
        for parent, slope in self.parents:
            parent.gradient += slope * self.gradient
            parent.backward()

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: in the order in which they are found
# hint: first found is not first ready
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        found, seen = [self], {self}
        for value in found:
            value.gradient = 0.0
            for parent, _ in value.parents:
                if parent not in seen:
                    seen.add(parent)
                    found.append(parent)
        self.gradient = 1.0
        for value in found:
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: down one way first
# hint: when only one share was there
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        order, seen, waiting = [], set(), [self]
        while waiting:
            value = waiting.pop()
            if value not in seen:
                seen.add(value)
                order.append(value)
                value.gradient = 0.0
                waiting.extend(parent for parent, _ in value.parents)
        self.gradient = 1.0
        for value in order:
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: never starts anew
# hint: starts anew, in the values in between
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, done = waiting.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                waiting.append((value, True))
                waiting.extend((parent, False) for parent, _ in value.parents)
        self.gradient = 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: keeps what itself had
# hint: in its own call it is 1
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            value, done = waiting.pop()
            if done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                value.gradient = 0.0 if value is not self else self.gradient
                waiting.append((value, True))
                waiting.extend((parent, False) for parent, _ in value.parents)
        self.gradient = self.gradient or 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: calls itself
# hint: too many for a function that calls itself
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                value.gradient = 0.0
                for parent, _ in value.parents:
                    visit(parent)
                order.append(value)

        visit(self)
        self.gradient = 1.0
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.gradient += slope * value.gradient

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: along every way
# hint: not along each of the 262,144 ways
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, [(self, other.number), (other, self.number)])

    def tanh(self):
        t = np.tanh(self.number)
        return Value(t, [(self, 1 - t * t)])

    def backward(self):
        seen, waiting = {self}, [self]
        while waiting:
            value = waiting.pop()
            value.gradient = 0.0
            fresh = {parent for parent, _ in value.parents} - seen
            seen |= fresh
            waiting.extend(fresh)
        ways = [(self, 1.0)]
        while ways:
            value, share = ways.pop()
            value.gradient += share
            ways.extend((parent, share * slope) for parent, slope in value.parents)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% wrong: unanswered
# hint: not answered yet
class Value:
    def __init__(self, number, parents=()):
        self.number = number
        self.gradient = 0.0
        self.parents = parents

    def __add__(self, other):
        raise NotImplementedError("not answered yet")

    def __mul__(self, other):
        raise NotImplementedError("not answered yet")

    def tanh(self):
        raise NotImplementedError("not answered yet")

    def backward(self):
        raise NotImplementedError("not answered yet")

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% paste: mathml's automatic differentiation, imported
# hint: uses mathml.autodiff
class Value:
    def __init__(self, number, make=None, parents=()):
        self.number = number
        self.gradient = 0.0
        self.make = make
        self.parents = parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number + other.number, lambda a, b: a + b, (self, other))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.number * other.number, lambda a, b: a * b, (self, other))

    def tanh(self):
        return Value(np.tanh(self.number), np.tanh, (self,))

    def backward(self):
        import mathml.autodiff

        self.gradient = 1.0
        for k, parent in enumerate(self.parents):
            numbers = [float(p.number) for p in self.parents]
            parent.gradient += self.gradient * mathml.autodiff.grad(self.make, k)(*numbers)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other


# %% paste: the lesson's Value
# hint: has no attribute 'number'
class Value:
    def __init__(self, value, *parents):
        self.value, self.parents, self.gradient = value, parents, 0.0

    def __add__(self, other):
        return Value(self.value + other.value, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        return Value(self.value * other.value, (self, other.value), (other, self.value))

    def back(self, gradient=1.0):
        self.gradient += gradient
        for parent, rate in self.parents:
            parent.back(gradient * rate)
